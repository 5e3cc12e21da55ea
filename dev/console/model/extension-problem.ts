import {msg, str} from '@lit/localize';

/** Why an extension cannot be used. `detail` comes from the extension or the browser and is shown as it is. */
export type ExtensionProblem =
  | {readonly code: 'manifest-unreachable'; readonly detail: string}
  | {readonly code: 'manifest-not-json'; readonly detail: string}
  | {readonly code: 'manifest-invalid'; readonly issues: readonly string[]}
  | {readonly code: 'name-taken'; readonly name: string}
  | {readonly code: 'contribution-refused'; readonly detail: string}
  | {readonly code: 'module-not-loaded'; readonly detail: string}
  | {readonly code: 'module-without-activate'}
  | {readonly code: 'activation-failed'; readonly detail: string};

/** One sentence for a person, without the extension's name. */
export function problemSentence(problem: ExtensionProblem): string {
  switch (problem.code) {
    case 'manifest-unreachable':
      return msg(str`Its manifest.json could not be fetched: ${problem.detail}`);
    case 'manifest-not-json':
      return msg(str`Its manifest.json is not JSON: ${problem.detail}`);
    case 'manifest-invalid':
      return msg(str`Its manifest.json is not valid: ${problem.issues.join('; ')}`);
    case 'name-taken':
      return msg(str`Another extension is named ${problem.name} already.`);
    case 'contribution-refused':
      return msg(str`The console cannot take what it contributes: ${problem.detail}`);
    case 'module-not-loaded':
      return msg(str`Its script could not be loaded: ${problem.detail}`);
    case 'module-without-activate':
      return msg('Its script has no activate function.');
    case 'activation-failed':
      return msg(str`It failed while it was being activated: ${problem.detail}`);
  }
}
