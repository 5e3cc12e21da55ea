import {createReadStream, existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {inRoot} from './paths.mjs';

/** Public DICOM test sets that lie beside the checkout; tests that need them are skipped where they are absent. */
export const CORPUS = path.resolve(process.env.DICOM_CORPUS ?? inRoot('../shared/corpus'));

/** Serves the corpus to tests in the browser below `/corpus/`; answers 404 where it is absent. */
export function corpusMiddleware(ctx, next) {
  if (!ctx.path.startsWith('/corpus/')) return next();
  const file = path.join(CORPUS, decodeURIComponent(ctx.path.slice('/corpus/'.length)));
  if (!file.startsWith(CORPUS + path.sep) || !existsSync(file) || !statSync(file).isFile()) {
    ctx.status = 404;
    return undefined;
  }
  ctx.type = 'application/octet-stream';
  ctx.body = createReadStream(file);
  return undefined;
}
