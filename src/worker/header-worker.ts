/** Entry of the header workers. */
import {expose} from 'comlink';
import {scanHeaders} from '../dicom/header-scan.js';
import type {HeaderWorkerApi} from './header-worker-api.js';

const api: HeaderWorkerApi = {
  scan: contents => scanHeaders(contents),
  async isReadable(content) {
    const reader = content.stream().getReader();
    try {
      while (!(await reader.read()).done) continue;
      return true;
    } catch (error) {
      if (error instanceof DOMException || error instanceof TypeError) return false;
      throw error;
    }
  },
};

expose(api);
