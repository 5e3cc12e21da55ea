/** The text of `src/components/icon-paths.ts`, from the SVG files in `folder`. */
export function iconPathsSource(folder: string): string;
