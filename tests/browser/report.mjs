// Gathers what the checks found, prints it by check and page kind, and counts passed and failed.
const shownPerKind = 5;

/** Returns an empty report; `verbose` prints every problem instead of the first few of each kind. */
export function createReport({ verbose = false, print = console.log } = {}) {
  let passed = 0;
  let failed = 0;

  /** Takes a check's problems, each `{ path, message }`, among the pages that it looked at. */
  function add(check, pages, problems) {
    const kindByPath = new Map(pages.map((page) => [page.path, page.kind]));
    const kinds = new Map(pages.map((page) => [page.kind, []]));
    for (const problem of problems) {
      const kind = kindByPath.get(problem.path) ?? 'other files';
      kinds.set(kind, [...(kinds.get(kind) ?? []), problem]);
    }
    for (const [kind, found] of kinds) {
      if (found.length === 0) passed += 1;
      else {
        failed += 1;
        printProblems(check, kind, found);
      }
    }
  }

  function printProblems(check, kind, problems) {
    const lines = groupByMessage(problems);
    const shown = verbose ? lines : lines.slice(0, shownPerKind);
    for (const line of shown) print(`FAIL ${check} [${kind}] ${line}`);
    const hidden = lines.length - shown.length;
    if (hidden > 0) print(`FAIL ${check} [${kind}] and ${hidden} more (--verbose shows them)`);
  }

  /** Prints the closing line and returns the exit code; a run that checked nothing fails. */
  function finish() {
    print(`${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? 1 : 0;
  }

  return { add, finish };
}

function groupByMessage(problems) {
  const pathsByMessage = new Map();
  for (const { path, message } of problems) {
    pathsByMessage.set(message, [...(pathsByMessage.get(message) ?? []), path]);
  }
  return [...pathsByMessage].map(([message, paths]) => {
    const others = new Set(paths).size - 1;
    return `${paths[0]}${others > 0 ? ` and ${others} more ${others === 1 ? 'page' : 'pages'}` : ''}: ${message.replace(/\s+/g, ' ').trim()}`;
  });
}
