/**
 * Wakes one loop that waits for "something has changed". A ring while nobody waits is not lost: the next wait
 * returns at once.
 */
export class Bell {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async heard(): Promise<void> {
    if (!this.rung) await new Promise<void>(resolve => (this.wake = resolve));
    this.wake = null;
    this.rung = false;
  }
}
