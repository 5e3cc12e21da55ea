import type {EngineLimits} from './engine-limits.js';
import type {Item} from './item.js';

/** Answers in a row that name no file, from which on the job pauses before it asks again. */
const SILENCES_BORNE = 2;

/** Without a witness, as many times more tries are needed: the second where the archive has never taken anything. */
const PATIENCE = 2;
const PATIENCE_WITH_STRANGERS = 12;

/** More files than this that get no verdict at a time are not to blame, whatever their tries: it is the archive. */
const MOST_TO_BLAME = 64;

/** What else is known when a file comes back once more without a verdict. */
export interface Circumstances {
  /** Other files could go first, and show whether the archive takes them. */
  readonly othersLeft: boolean;
  /** Files without a verdict that wait for their next try. */
  readonly doubtful: number;
  /** The archive has taken or held at least one file of this job. */
  readonly everTook: boolean;
}

/**
 * Tells a bad file from a bad archive: one missing answer looks the same for both. A file is given up when it came
 * back often enough by itself *and* the archive has taken others since it first did, so that it must be the file.
 * An archive that takes nothing fails no file: the job waits. Only where there is nothing else to try the archive
 * with does patience end it, so that a bad file at the end of a job does not hold it for ever.
 */
export class BenefitOfDoubt {
  private silences = 0;
  private files = 0;

  constructor(private readonly limits: EngineLimits) {}

  /** Files that the archive has given a verdict on, since this run began. */
  get taken(): number {
    return this.files;
  }

  took(files: number): void {
    this.files += files;
    this.silences = 0;
  }

  /** An answer came in which nothing was taken; true where the job should pause before the next try. */
  tookNothing(): boolean {
    this.silences++;
    return this.silences >= SILENCES_BORNE;
  }

  isGivenUp(item: Item, {othersLeft, doubtful, everTook}: Circumstances): boolean {
    const {triesAllowed} = this.limits;
    if (item.triesAlone < triesAllowed) return false;
    if (this.files > item.takenBefore) return true;
    if (othersLeft || doubtful > MOST_TO_BLAME) return false;
    return item.triesAlone >= triesAllowed * (everTook ? PATIENCE : PATIENCE_WITH_STRANGERS);
  }
}

/** The item after one more sending without a verdict. `taken` is what the archive had taken before this sending ended. */
export function triedAgain(item: Item, byItself: boolean, taken: number): Item {
  return {
    ...item,
    tries: item.tries + 1,
    triesAlone: item.triesAlone + (byItself ? 1 : 0),
    takenBefore: item.tries === 0 ? taken : item.takenBefore,
  };
}
