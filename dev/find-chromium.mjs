import {execFileSync} from 'node:child_process';
import {accessSync, constants} from 'node:fs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chrome or Chromium, or null. `CHROME_PATH` comes first. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(':').concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  const candidates = [process.env.CHROME_PATH, ...NAMES.flatMap(n => folders.map(f => `${f}/${n}`)), MAC];
  return candidates.find(c => c && executable(c)) ?? null;
}

/** As `findChromium`, but tries to get one: from Debian where this is root, else by playwright-core. */
export function getChromium() {
  const found = findChromium();
  if (found) return found;
  const tries =
    process.platform === 'linux' && process.getuid?.() === 0 && executable('/usr/bin/apt-get')
      ? [
          ['apt-get', ['update']],
          ['apt-get', ['install', '-y', '--no-install-recommends', 'chromium']],
        ]
      : [['npx', ['playwright-core', 'install', 'chromium']]];
  for (const [command, args] of tries) {
    try {
      execFileSync(command, args, {
        stdio: 'inherit',
        env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
      });
    } catch (error) {
      console.error(`${command} ${args.join(' ')}: ${error.message}`);
    }
  }
  return findChromium();
}
