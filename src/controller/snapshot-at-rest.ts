import type {JobRecord} from '../job/job-record.js';
import type {JobSnapshot} from '../job/job-snapshot.js';

/** A job that no engine is at work on, as the panel shows it. */
export function snapshotAtRest(record: JobRecord): JobSnapshot {
  return {
    record,
    currentFolder: null,
    currentStudy: null,
    requestsInFlight: 0,
    filesInFlight: 0,
    rates: [],
    bytesPerSecond: 0,
    filesPerSecond: 0,
    timeLeftMs: null,
    recentFolders: [],
  };
}
