/** The directions of the rooms (docs/architecture.md). A forbidden import fails the lint. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(apps|libs|tools|test)/', pathNot: [from, ...allowed] },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain-imports-nothing-of-ours', '^libs/domain/', ['^test/support/']),
    only('einvoice-imports-nothing-of-ours', '^libs/einvoice/', ['^test/support/']),
    only('events-imports-nothing-of-ours', '^libs/events/', ['^test/support/']),
    only('persistence-knows-domain-and-events', '^libs/persistence/', ['^libs/(domain|events)/', '^test/support/']),
    only('application-knows-the-libraries', '^libs/application/', ['^libs/', '^test/support/']),
    only('api-knows-the-libraries', '^apps/api/', ['^libs/', '^test/support/']),
    only('worker-knows-the-libraries', '^apps/edi-worker/', ['^libs/', '^test/support/']),
    {
      // Each thread loads its modules anew: the libraries of the database alone cost it a second and 40 MB.
      name: 'threads-judge-and-know-nothing-else',
      severity: 'error',
      from: { path: '^apps/edi-worker/src/ingestion/[^/]+-thread\\.ts$' },
      to: { path: '^libs/(application|domain|events|persistence)/', reachable: true },
    },
    {
      name: 'product-does-not-know-its-tests',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'a-room-is-entered-by-its-door',
      severity: 'error',
      from: { path: '^(apps|libs|tools|test)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/.+', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
