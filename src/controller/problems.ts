import {msg, str} from '@lit/localize';
import type {StoreFaultCode} from '../job/job-state.js';
import {reasonFor} from '../job/reasons.js';
import type {DropRefusal} from '../source/dropped-folder.js';
import type {WorkerFault} from '../worker/job-worker-api.js';
import type {Problem} from './migration-controller.js';

/** What happened, and what to do, for each thing that can go wrong outside a job. */
export function problemOf(fault: WorkerFault): Problem {
  switch (fault.kind) {
    case 'store':
      return storeProblem(fault.code);
    case 'archive':
      return {what: reasonFor(fault.reason).sentence(), remedy: reasonFor(fault.reason).remedy()};
    case 'other-tab':
      return {
        what: msg('Another tab of this browser is running a migration job.'),
        remedy: msg('Go on in that tab, or close it and try again here.'),
      };
    case 'busy':
      return {
        what: msg('A job is running.'),
        remedy: msg('Pause or cancel it first; nothing was changed.'),
      };
    case 'no-source':
      return {
        what: msg('The folder of this job is not at hand.'),
        remedy: msg('Drop the same folder here again, or choose it with Browse....'),
      };
    case 'other-source':
      return {
        what: msg(str`This is not the folder with which the job “${fault.name}” was started.`),
        remedy: msg('Drop the folder of that job, or start a new job with this one.'),
      };
    case 'source-unreadable':
      return {
        what: msg('The folder cannot be read.'),
        remedy: msg('Check that the medium is inserted and that you may read it, then choose it again.'),
      };
    case 'no-job':
      return {
        what: msg('This job cannot go on.'),
        remedy: msg('Start a new job: what the archive holds is skipped.'),
      };
    case 'worker-died':
      return {
        what: msg('The part of the program that runs the job has stopped.'),
        remedy: msg('Reload the page, then press Restart Previous Job. Nothing is lost.'),
      };
  }
}

function storeProblem(code: StoreFaultCode): Problem {
  switch (code) {
    case 'quota':
      return {
        what: msg('The browser has no space left to note the progress of the job.'),
        remedy: msg('Make space on this computer, then press Restart Previous Job. Nothing is lost.'),
      };
    case 'newer-version':
      return {
        what: msg('A newer version of this tool has been used in this browser.'),
        remedy: msg(
          'Reload the page. If that does not help, ask for the newer version; its jobs were left alone.',
        ),
      };
    case 'blocked':
      return {
        what: msg('Another tab with an older version of this tool is open.'),
        remedy: msg('Close the other tabs of this console, then reload the page.'),
      };
    case 'unavailable':
      return {
        what: msg('This browser window cannot store the progress of a job.'),
        remedy: msg('Use an ordinary window instead of a private one, and allow this site to store data.'),
      };
    case 'closed':
      return {
        what: msg('The store of checkpoints was closed.'),
        remedy: msg('Reload the page, then press Restart Previous Job. Nothing is lost.'),
      };
    case 'damaged':
      return {
        what: msg('The checkpoint of the job is damaged.'),
        remedy: msg('Start a new job: what the archive already holds is skipped.'),
      };
  }
}

export function dropProblem(why: DropRefusal): Problem {
  switch (why) {
    case 'several':
      return {
        what: msg('More than one thing was dropped.'),
        remedy: msg('Drop one folder; its sub-folders are included.'),
      };
    case 'a-file':
      return {
        what: msg('A file was dropped, not a folder.'),
        remedy: msg('Drop the folder that holds the files.'),
      };
    case 'nothing':
      return {what: msg('No folder was dropped.'), remedy: msg('Drop a folder from your file manager.')};
    case 'unreadable':
      return problemOf({kind: 'source-unreadable'});
    case 'unsupported':
      return {
        what: msg('This browser cannot take a dropped folder.'),
        remedy: msg('Use Chrome or Edge, over HTTPS or on localhost.'),
      };
  }
}
