import type {ReactiveController, ReactiveControllerHost} from 'lit';

/**
 * Makes the whole host a place where a folder can be dropped. `over` tells that something hovers above it. The drop is
 * passed on in the event itself: afterwards the browser empties the transfer.
 */
export class DropTarget implements ReactiveController {
  over = false;
  #depth = 0;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly dropped: (transfer: DataTransfer) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('dragenter', this.#enter);
    this.host.addEventListener('dragover', this.#hover);
    this.host.addEventListener('dragleave', this.#leave);
    this.host.addEventListener('drop', this.#drop);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('dragenter', this.#enter);
    this.host.removeEventListener('dragover', this.#hover);
    this.host.removeEventListener('dragleave', this.#leave);
    this.host.removeEventListener('drop', this.#drop);
    this.#set(0);
  }

  #set(depth: number): void {
    this.#depth = Math.max(0, depth);
    const over = this.#depth > 0;
    if (over === this.over) return;
    this.over = over;
    this.host.requestUpdate();
  }

  readonly #enter = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#set(this.#depth + 1);
  };

  readonly #hover = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };

  readonly #leave = (event: DragEvent): void => {
    if (carriesFiles(event)) this.#set(this.#depth - 1);
  };

  readonly #drop = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#set(0);
    if (event.dataTransfer) this.dropped(event.dataTransfer);
  };
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
