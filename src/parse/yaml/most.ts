/** More problems than anybody reads. */
export const mostProblems = 100;
