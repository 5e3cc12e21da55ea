/** A person asked for a command. The console's outermost element runs it. */
export class CommandEvent extends Event {
  static readonly type = 'console-command';
  readonly args: readonly unknown[];

  constructor(
    readonly command: string,
    ...args: readonly unknown[]
  ) {
    super(CommandEvent.type, {bubbles: true, composed: true});
    this.args = args;
  }
}

declare global {
  interface HTMLElementEventMap {
    'console-command': CommandEvent;
  }
}
