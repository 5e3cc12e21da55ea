/** Entry of the job worker: the service behind comlink, with errors turned into values. */
import {expose} from 'comlink';
import {StoreFault} from '../job/ports/checkpoint-store.js';
import {JobService, Refusal} from './job-service.js';
import type {Answer, JobWorkerApi} from './job-worker-api.js';

/** Requests that come before the service is open wait for it. */
let opening: Promise<JobService> | null = null;

async function answer<T>(work: (service: JobService) => T | Promise<T>): Promise<Answer<T>> {
  try {
    if (opening === null) return {ok: false, fault: {kind: 'store', code: 'closed'}};
    return {ok: true, value: await work(await opening)};
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): {readonly ok: false; readonly fault: Refusal['fault']} {
  if (error instanceof Refusal) return {ok: false, fault: error.fault};
  if (error instanceof StoreFault) return {ok: false, fault: {kind: 'store', code: error.code}};
  throw error;
}

const done = (work: (service: JobService) => void | Promise<void>): Promise<Answer<null>> =>
  answer(async s => {
    await work(s);
    return null;
  });

const api: JobWorkerApi = {
  async open(config, page) {
    try {
      opening = JobService.open(config, page);
      return {ok: true, value: await (await opening).jobs()};
    } catch (error) {
      return refused(error);
    }
  },
  archive: () => answer(s => s.archive()),
  choose: source => answer(s => s.choose(source)),
  start: options => answer(s => s.start(options)),
  handleOf: jobId => answer(s => s.handleOf(jobId)),
  restart: jobId => done(s => s.restart(jobId)),
  pause: () => done(s => s.pause()),
  cancel: jobId => done(s => s.cancel(jobId)),
  tryNow: () => done(s => s.tryNow()),
  folders: (...question) => answer(s => s.folders(...question)),
  outcomesOfFolder: (...question) => answer(s => s.outcomesOfFolder(...question)),
  exportReport: (...question) => answer(s => s.exportReport(...question)),
  deleteJob: jobId => done(s => s.deleteJob(jobId)),
};

expose(api);
