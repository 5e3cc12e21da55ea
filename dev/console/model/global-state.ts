import type {ConsoleApi} from '../../../src/console/console-api.js';
import {JsonStorage} from './json-storage.js';

/** Small JSON values of one extension, kept in this browser. */
export function globalStateOf(extension: string): ConsoleApi['globalState'] {
  const storage = new JsonStorage(`console.state.${extension}.`);
  return {
    get: key => storage.read(key),
    update: (key, value) =>
      new Promise(resolve => {
        storage.write(key, value);
        resolve();
      }),
  };
}
