import {setTimeout as delay} from 'node:timers/promises';

/** Asks again and again until `ask` gives something; throws, naming `what`, when that takes too long. */
export async function waitUntil<T>(
  what: string,
  ask: () => T | null | false | undefined | Promise<T | null | false | undefined>,
  {timeoutMs = 60_000, everyMs = 50}: {timeoutMs?: number; everyMs?: number} = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await ask();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await delay(everyMs);
  }
}
