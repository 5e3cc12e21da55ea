/** `npm run screenshots`: builds, then makes the README's pictures from the running product. */
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {buildAll} from './build.mjs';
import {NODE} from './esbuild-options.mjs';
import {inRoot, ROOT} from './paths.mjs';

await buildAll();
const outfile = inRoot('out/e2e/test/e2e/readme-pictures.js');
await build({...NODE, absWorkingDir: ROOT, entryPoints: ['test/e2e/readme-pictures.ts'], outfile});
await import(pathToFileURL(outfile).href);
