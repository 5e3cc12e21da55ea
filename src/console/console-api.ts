import type {Disposable} from './disposable.js';

/** The archive behind the console. */
export interface ServerInfo {
  readonly name: string;
  readonly imageFolder: string | null;
  readonly freeBytes: number | null;
  readonly capabilities: {readonly copy: boolean; readonly link: boolean; readonly query: boolean};
}

export interface Server {
  /** Where DICOMweb (PS3.18) is served, without a slash at the end; same origin as the console. */
  readonly dicomWebUrl: string;
  /** What the archive says of itself; rejects with `TypeError` where it cannot be reached. */
  info(): Promise<ServerInfo>;
  /**
   * The headers that sign a request in, asked anew before each request: empty where the session's cookie does it.
   * They are never stored or logged.
   */
  authorization(): Promise<Readonly<Record<string, string>>>;
  /** Asks the person to sign in again; resolves to whether that has been done. */
  signIn(): Promise<boolean>;
}

/** An entry of the status bar. Changes show at once. */
export interface StatusBarItem extends Disposable {
  text: string;
  /** A codicon's name. */
  icon: string;
  tooltip: string;
  /** 0 to 1 draws a small bar; null none. */
  progress: number | null;
  /** Run on click; `menu` opens instead where it is not empty. */
  command: string | null;
  menu: readonly StatusBarMenuItem[];
  show(): void;
  hide(): void;
}

export type StatusBarMenuItem =
  {readonly title: string; readonly command: string; readonly checked?: boolean} | 'separator';

/** Fills the element that the console gives a view, and undoes it. */
export interface ViewProvider {
  /** `visible` tells whether the tab is in front; the element stays in the document while the tab is open. */
  resolveView(element: HTMLElement): Disposable | Promise<Disposable>;
}

export type MessageKind = 'information' | 'warning' | 'error';

/** What the console offers to an extension (contract v1). */
export interface ConsoleApi {
  readonly version: '1';
  readonly commands: {
    registerCommand(id: string, run: (...args: readonly unknown[]) => unknown): Disposable;
    /** Rejects where nobody registered the command. */
    executeCommand(id: string, ...args: readonly unknown[]): Promise<unknown>;
  };
  readonly views: {
    registerView(id: string, provider: ViewProvider): Disposable;
    show(id: string): Promise<void>;
    /** Closes the view's tab; the extension keeps running. */
    hide(id: string): void;
  };
  readonly window: {
    createStatusBarItem(id: string): StatusBarItem;
    /** Resolves to the chosen action, or undefined where the message was dismissed. */
    showMessage(kind: MessageKind, text: string, ...actions: readonly string[]): Promise<string | undefined>;
  };
  readonly server: Server;
  readonly configuration: {
    get(key: string): unknown;
    update(key: string, value: unknown): Promise<void>;
    onDidChange(listener: (key: string) => void): Disposable;
  };
  /** Small JSON values, kept per console and extension. */
  readonly globalState: {
    get(key: string): unknown;
    update(key: string, value: unknown): Promise<void>;
  };
  readonly theme: {
    readonly kind: 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';
    onDidChange(listener: () => void): Disposable;
  };
  /** BCP 47. */
  readonly language: string;
}

export interface ExtensionContext {
  /** Disposed of by the console, last first, when the extension is deactivated. */
  readonly subscriptions: Disposable[];
  /** Absolute URL of the extension's folder, with a slash at the end: workers and files are loaded from it. */
  readonly extensionUri: string;
  readonly console: ConsoleApi;
}

/** What the module named by `browser` exports. */
export interface ExtensionModule {
  activate(context: ExtensionContext): void | Promise<void>;
  deactivate?(): void | Promise<void>;
}
