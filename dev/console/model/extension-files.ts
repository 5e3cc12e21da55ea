import * as v from 'valibot';
import {errorText} from './error-text.js';
import type {ExtensionProblem} from './extension-problem.js';
import {checkManifest} from './manifest-schema.js';
import {nlsFiles, resolveNls, type NlsBundle} from './nls.js';
import type {ExtensionManifest} from '../../../src/console/manifest.js';

const FolderList = v.array(v.pipe(v.string(), v.nonEmpty()));
const Bundle = v.record(v.string(), v.string());

type Json =
  | {readonly ok: true; readonly json: unknown}
  | {readonly ok: false; readonly code: 'unreachable' | 'not-json'; readonly detail: string};

async function fetchJson(url: URL): Promise<Json> {
  let response: Response;
  try {
    response = await fetch(url, {headers: {accept: 'application/json'}});
  } catch (error) {
    return {ok: false, code: 'unreachable', detail: errorText(error)};
  }
  if (!response.ok) return {ok: false, code: 'unreachable', detail: `HTTP ${response.status}`};
  try {
    return {ok: true, json: await response.json()};
  } catch (error) {
    return {ok: false, code: 'not-json', detail: errorText(error)};
  }
}

export type FolderListResult =
  {readonly ok: true; readonly folders: readonly URL[]} | {readonly ok: false; readonly detail: string};

/** Reads `extensions.json`, a list of folders relative to itself, each with a slash at the end. */
export async function readExtensionList(url: URL): Promise<FolderListResult> {
  const answer = await fetchJson(url);
  if (!answer.ok) return {ok: false, detail: answer.detail};
  const list = v.safeParse(FolderList, answer.json);
  if (!list.success) return {ok: false, detail: list.issues.map(issue => issue.message).join('; ')};
  return {
    ok: true,
    folders: list.output.map(folder => new URL(folder.endsWith('/') ? folder : `${folder}/`, url)),
  };
}

async function readNls(folder: URL, language: string): Promise<NlsBundle> {
  const bundles = await Promise.all(
    nlsFiles(language).map(async file => {
      const answer = await fetchJson(new URL(file, folder));
      const bundle = answer.ok ? v.safeParse(Bundle, answer.json) : null;
      return bundle?.success ? bundle.output : {}; // a language that is not there falls back to the general texts
    }),
  );
  return Object.assign({}, ...bundles) as NlsBundle;
}

export type ManifestResult =
  | {readonly ok: true; readonly manifest: ExtensionManifest}
  | {readonly ok: false; readonly problem: ExtensionProblem};

/** Fetches, translates and checks the manifest in an extension's folder. */
export async function readManifest(folder: URL, language: string): Promise<ManifestResult> {
  const answer = await fetchJson(new URL('manifest.json', folder));
  if (!answer.ok) return {ok: false, problem: {code: `manifest-${answer.code}`, detail: answer.detail}};
  const needsTexts = JSON.stringify(answer.json).includes('"%');
  const bundle = needsTexts ? await readNls(folder, language) : {};
  const check = checkManifest(resolveNls(answer.json, bundle));
  if (!check.ok) return {ok: false, problem: {code: 'manifest-invalid', issues: check.issues}};
  return {ok: true, manifest: check.manifest};
}
