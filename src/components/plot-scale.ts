/** The next round number at or above `value`, so that half of it is readable too. */
export function roundCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
  return (steps.find(step => step * power >= value * (1 - 1e-9)) ?? 10) * power;
}

/** A stretch of points of one kind; `from` and `to` are indices, both included. */
export interface Stretch {
  readonly waited: boolean;
  readonly from: number;
  readonly to: number;
}

export function stretches(points: readonly {readonly waited: boolean}[]): Stretch[] {
  const found: Stretch[] = [];
  points.forEach(({waited}, index) => {
    const last = found.at(-1);
    if (last?.waited === waited) found[found.length - 1] = {...last, to: index};
    else found.push({waited, from: index, to: index});
  });
  return found;
}
