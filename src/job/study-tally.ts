/** How a study stands: its files are on the archive by its own word, not all of them, or it was not asked about. */
type Standing = 'verified' | 'incomplete' | 'not-asked';

/** Studies that are remembered. The folders of one study are taken together, so the others need not be. */
const REMEMBERED = 4_096;

/** What a closing of folders adds to the job's sums of studies. */
export interface StudySums {
  readonly done: number;
  readonly asked: number;
  readonly verified: number;
}

/** Counts each study once, although its folders may be closed in several steps. */
export class StudyTally {
  private readonly standings = new Map<string, Standing>();

  add(studies: ReadonlyMap<string, Standing>): StudySums {
    let [done, asked, verified] = [0, 0, 0];
    for (const [uid, now] of studies) {
      const before = this.standings.get(uid);
      const standing = before === undefined ? now : worse(before, now);
      if (before === undefined) done++;
      asked += Number(standing !== 'not-asked') - Number(before !== undefined && before !== 'not-asked');
      verified += Number(standing === 'verified') - Number(before === 'verified');
      this.remember(uid, standing);
    }
    return {done, asked, verified};
  }

  private remember(uid: string, standing: Standing): void {
    this.standings.delete(uid);
    this.standings.set(uid, standing);
    if (this.standings.size <= REMEMBERED) return;
    const oldest = this.standings.keys().next();
    if (!oldest.done) this.standings.delete(oldest.value);
  }
}

/** A study that lacked something once is incomplete; one that was never asked about takes what is known now. */
function worse(before: Standing, now: Standing): Standing {
  if (before === 'incomplete' || now === 'incomplete') return 'incomplete';
  return before === 'verified' ? before : now;
}
