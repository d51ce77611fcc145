/** What a case asks of its reviewer. */
export interface CaseRoute {
  readonly region: string;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
}

/** What a reviewer brings; null means every region or language. */
export interface ReviewerScope {
  readonly regions: readonly string[] | null;
  readonly languages: readonly string[] | null;
  readonly skills: readonly string[];
}

/**
 * Whether a case may be routed to a reviewer: the region or its country is theirs, they read one of
 * the case's languages (a case that names none asks for none), and they have every skill asked for.
 */
export function routesTo(route: CaseRoute, scope: ReviewerScope): boolean {
  const country = route.region.split("-")[0] ?? route.region;
  const regionFits =
    scope.regions === null ||
    scope.regions.includes(route.region) ||
    scope.regions.includes(country);
  const languages = scope.languages;
  const languageFits =
    languages === null ||
    route.languages.length === 0 ||
    route.languages.some((language) => languages.includes(language));
  return regionFits && languageFits && route.skills.every((skill) => scope.skills.includes(skill));
}
