/** A line of a menu. `checked` is undefined where the line is nothing that can be on or off. */
export interface MenuCommand {
  readonly kind: 'command';
  readonly title: string;
  readonly command: string;
  readonly args?: readonly unknown[];
  readonly checked?: boolean;
  readonly shortcut?: string | null;
  readonly icon?: string;
}

export type MenuEntry =
  MenuCommand | {readonly kind: 'separator'} | {readonly kind: 'note'; readonly text: string};

export interface Menu {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

export const SEPARATOR: MenuEntry = {kind: 'separator'};

/** Joins groups by separators; empty groups leave none behind. */
export function joinGroups(groups: readonly (readonly MenuEntry[])[]): readonly MenuEntry[] {
  return groups
    .filter(group => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [SEPARATOR, ...group]));
}
