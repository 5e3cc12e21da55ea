const NAME = 'pacs-migration-job';

/** The right to run a job, held until released or until this worker ends, however it ends. */
export interface JobLock {
  release(): void;
}

/** One job runs in a browser at a time, whatever the number of tabs. Null where another tab holds the lock. */
export function holdJobLock(): Promise<JobLock | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(NAME, {ifAvailable: true}, lock => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>(release => resolve({release}));
      })
      .catch(reject);
  });
}
