import {type ChildProcess, spawn} from 'node:child_process';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {type Browser as Connection, type BrowserContext, chromium, type Page} from 'playwright-core';
import {findChromium} from '../../../dev/find-chromium.mjs';
import {gone} from './console-server.js';
import {waitUntil} from './wait-until.js';

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--no-default-browser-check',
  '--hide-crash-restore-bubble',
  '--remote-debugging-port=0',
  '--window-size=1280,900',
];

/** Why tests in a browser cannot run here, or false. */
export const noBrowser: string | false =
  findChromium() === null ? 'No Chrome or Chromium found: install one, or set CHROME_PATH' : false;

/** What a page has to say when a test fails: errors that nobody caught, and what the console was told. */
export interface PageNotes {
  readonly lines: readonly string[];
}

/** A whole browser on a profile that stays: it can be killed like a crash would, and started again. */
export class ProfiledBrowser {
  private child: ChildProcess | null = null;
  private connection: Connection | null = null;
  private readonly notes: string[] = [];

  constructor(
    private readonly profile: string,
    private readonly more: readonly string[] = [],
  ) {}

  async start(): Promise<void> {
    const executable = findChromium();
    if (executable === null) throw new Error('no Chromium');
    const portFile = path.join(this.profile, 'DevToolsActivePort');
    await rm(portFile, {force: true});
    // Detached: the browser leads a process group of its own, so that all its children can be killed at once.
    const child = spawn(
      executable,
      [...ARGUMENTS, ...this.more, `--user-data-dir=${this.profile}`, 'about:blank'],
      {
        stdio: 'ignore',
        detached: true,
      },
    );
    this.child = child;
    const endpoint = await waitUntil('the browser to listen', async () => {
      if (child.exitCode !== null) throw new Error(`the browser ended with ${child.exitCode}`);
      return portAndPath(portFile);
    });
    this.connection = await chromium.connectOverCDP(`ws://127.0.0.1:${endpoint.port}${endpoint.path}`);
  }

  private get context(): BrowserContext {
    const context = this.connection?.contexts()[0];
    if (!context) throw new Error('the browser does not run');
    return context;
  }

  /** A new page; `init` runs in it before anything else, on each load. */
  async open(url: string, init?: () => void): Promise<Page> {
    const page = await this.context.newPage();
    page.on('pageerror', error => this.notes.push(`error: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') this.notes.push(message.text());
    });
    if (init) await page.addInitScript(init);
    await page.goto(url);
    return page;
  }

  /** Errors that nobody caught and warnings, of all pages so far. */
  get said(): readonly string[] {
    return this.notes;
  }

  /** SIGKILL to the browser and all its children, as the out-of-memory killer or a power cut would. */
  async kill(): Promise<void> {
    const {child} = this;
    if (child?.pid === undefined) return;
    process.kill(-child.pid, 'SIGKILL');
    await gone(child);
    this.child = null;
    await this.connection?.close();
    this.connection = null;
    await this.unlock();
  }

  /** The lock names the dead process; a person would be asked whether to go on. */
  private async unlock(): Promise<void> {
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
      await rm(path.join(this.profile, name), {force: true});
    }
  }

  async stop(): Promise<void> {
    await this.kill();
  }
}

/** Chromium writes the file in two steps, so it may be there and not be whole. */
async function portAndPath(file: string): Promise<{port: string; path: string} | null> {
  try {
    const [port, path] = (await readFile(file, 'utf8')).split('\n');
    return port && path ? {port, path} : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
