/**
 * Tasks under way. The first failure is kept and handed to whoever waits next, so that no rejection goes unseen and
 * none is reported to the wrong place.
 */
export class TaskSet {
  private readonly tasks = new Set<Promise<void>>();
  private failure: {readonly error: unknown} | null = null;

  /** `ended` is called after each task, when its failure, if any, can be seen. */
  constructor(private readonly ended: () => void = () => undefined) {}

  get size(): number {
    return this.tasks.size;
  }

  get hasFailed(): boolean {
    return this.failure !== null;
  }

  add(work: Promise<void>): void {
    const task = work.then(
      () => undefined,
      (error: unknown) => {
        this.failure ??= {error};
      },
    );
    this.tasks.add(task);
    void task.then(() => {
      this.tasks.delete(task);
      this.ended();
    });
  }

  /** Resolves when one of the tasks has ended; rejects with the first failure of any. */
  async oneDone(): Promise<void> {
    await Promise.race(this.tasks);
    this.throwIfFailed();
  }

  /** Resolves when all have ended; rejects with the first failure of any. */
  async allDone(): Promise<void> {
    await Promise.all(this.tasks);
    this.throwIfFailed();
  }

  throwIfFailed(): void {
    if (this.failure !== null) throw this.failure.error;
  }
}
