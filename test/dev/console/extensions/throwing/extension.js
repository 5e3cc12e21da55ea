/** Registers something, then fails: the console must take back what was registered. */
export const log = [];

export function activate(context) {
  context.subscriptions.push({dispose: () => log.push('disposed')});
  context.console.commands.registerCommand('throwing.open', () => undefined);
  throw new Error('no luck today');
}
