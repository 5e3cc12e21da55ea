import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Simulation} from './simulation.js';

/** `SIMULATIONS=100000` for a long run, `SEED=n` for one. */
const RUNS = Number(process.env['SIMULATIONS'] ?? 2_000);
const ONLY = process.env['SEED'];

describe('the engine under random faults, pauses, crashes and power cuts', () => {
  it(`keeps its promises in ${ONLY === undefined ? RUNS : 1} seeded runs`, async () => {
    const seeds = ONLY === undefined ? Array.from({length: RUNS}, (_, i) => i) : [Number(ONLY)];
    let faults = 0;
    let crashes = 0;
    for (const seed of seeds) {
      const result = await new Simulation(seed).run();
      assert.deepEqual(result.broken, [], `seed ${seed}`);
      faults += result.faults;
      crashes += result.crashes;
    }
    console.log(`${seeds.length} runs, ${faults} faults, ${crashes} crashes`);
  });
});
