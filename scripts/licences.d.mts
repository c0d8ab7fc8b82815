export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string | undefined;
}
/** Packages behind the bundled modules, sorted by name; throws if one has a licence that is not allowed. */
export function bundledPackages(moduleIds: readonly string[]): BundledPackage[];
/** The text of THIRD-PARTY-LICENSES. */
export function licencesFile(packages: readonly BundledPackage[]): string;
