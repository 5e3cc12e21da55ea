/**
 * Pictures of the panel in each state, into `out/screenshots/`: `node test/components/screenshots.mjs [part of a name]`.
 */
import {mkdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {build} from 'esbuild';
import {chromium} from 'playwright-core';
import {BROWSER} from '../../dev/esbuild-options.mjs';
import {getChromium} from '../../dev/find-chromium.mjs';
import {guideTokens} from '../../dev/guide-tokens.mjs';
import {inRoot} from '../../dev/paths.mjs';

const SCENES = [
  {name: 'nothing'},
  {name: 'empty'},
  {name: 'chosen'},
  {name: 'recognised'},
  {name: 'planning'},
  {name: 'running'},
  {name: 'server'},
  {name: 'medium'},
  {name: 'permission'},
  {name: 'signIn'},
  {name: 'paused'},
  {name: 'completed'},
  {name: 'failures'},
  {name: 'cancelled'},
  {name: 'problem'},
  {name: 'report', view: 'failures', page: 'report'},
  {name: 'report-live', view: 'running', page: 'report'},
  {name: 'guide', view: 'nothing', page: 'guide'},
];
const SIZES = [
  {label: '', width: 1232, height: 712},
  {label: '-480', width: 480, height: 898},
];

const wanted = process.argv.slice(2);
const {outputFiles} = await build({
  ...BROWSER,
  entryPoints: [inRoot('test/components/gallery.ts')],
  write: false,
  sourcemap: false,
});
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<link rel="stylesheet" href="/page.css"><body><script type="module" src="/gallery.js"></script></body></html>`;
const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  const [type, body] =
    path === '/gallery.js'
      ? ['text/javascript', outputFiles[0].text]
      : path === '/guide.json'
        ? [
            'application/json',
            JSON.stringify(guideTokens(readFileSync(inRoot('docs/user-guide.md'), 'utf8'))),
          ]
        : path === '/page.css'
          ? ['text/css', 'html,body{height:100%;margin:0}']
          : ['text/html', page];
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy':
      "default-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
  });
  response.end(body);
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({executablePath: getChromium(), args: ['--no-sandbox']});
mkdirSync(inRoot('out/screenshots'), {recursive: true});
for (const {name, view = name, page: shown = 'panel'} of SCENES) {
  for (const {label, width, height} of SIZES) {
    for (const theme of ['dark', 'light']) {
      const file = `${name}-${theme}${label}`;
      if (wanted.length > 0 && !wanted.some(part => file.includes(part))) continue;
      const context = await browser.newContext({viewport: {width, height}, reducedMotion: 'reduce'});
      const tab = await context.newPage();
      tab.on('pageerror', error => console.error(file, error.message));
      tab.on('console', message => message.type() === 'error' && console.error(file, message.text()));
      await tab.goto(`http://127.0.0.1:${server.address().port}/?view=${view}&page=${shown}&theme=${theme}`);
      await tab.waitForTimeout(300);
      await tab.screenshot({path: inRoot('out/screenshots', `${file}.png`)});
      await context.close();
    }
  }
}
await browser.close();
server.close();
