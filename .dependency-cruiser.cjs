/**
 * The floors of the house (docs/architecture.md): imports go down only.
 * Ground: domain, bots/flow, bots/nlu and the pure half of routing know no I/O and no clock.
 */
const ground =
  '^(gateway/(domain|errors)|bots/(flow|nlu)|gateway/routing/(?!router|model|routes|persistence|settings|schema)[^/]+\\.ts$)'
const pureOnly = '^(gateway/domain/|gateway/errors\\.ts|bots/(flow|nlu)/|gateway/routing/)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'ground-floor-is-pure',
      comment:
        'domain, flow, nlu and routing rules import nothing above them, no I/O and no driver',
      severity: 'error',
      from: { path: ground },
      to: { pathNot: `${pureOnly}|node_modules/(pinyin-pro|chinese-days|zod)/` },
    },
    {
      name: 'only-the-host-knows-botbuilder',
      severity: 'error',
      from: { pathNot: '^bots/host/' },
      to: { path: 'node_modules/(botbuilder|botframework)' },
    },
    {
      name: 'mongoose-only-in-store-and-models',
      comment: 'but for a data source that is a MongoDB of somebody else',
      severity: 'error',
      from: {
        pathNot: '^gateway/store/|/model\\.ts$|^gateway/sources/databases/mongo-source\\.ts$',
      },
      to: { path: 'node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'media-stays-low',
      comment: 'audio knows errors, threads and itself; SDP rules, codecs and detectors are pure',
      severity: 'error',
      from: { path: '^media/' },
      to: { path: '^(bots|channels|admin)/|^gateway/(?!errors|domain/|threads/)' },
    },
    {
      name: 'only-media-touches-audio',
      severity: 'error',
      from: { pathNot: '^media/' },
      to: { path: 'node_modules/(werift|sdp-transform|koffi|@echogarden|@google-cloud|@audio)/' },
    },
    {
      name: 'signalling-knows-no-audio',
      severity: 'error',
      from: { path: '^channels/sip/' },
      to: { path: '^media/' },
    },
    {
      name: 'engine-parts-only-in-the-engine',
      severity: 'error',
      from: { pathNot: '^gateway/store/' },
      to: { path: 'node_modules/(lmdb|mingo|bson)/' },
    },
    {
      name: 'channels-know-no-bots',
      severity: 'error',
      from: { path: '^channels/' },
      to: { path: '^(bots|admin)/' },
    },
    {
      name: 'bots-know-no-channels',
      severity: 'error',
      from: { path: '^bots/' },
      to: { path: '^(channels|admin)/' },
    },
    {
      name: 'store-and-bus-stay-low',
      severity: 'error',
      from: { path: '^gateway/(store|bus)/' },
      to: { path: '^(bots|channels|admin)/|^gateway/(?!store|bus|domain|errors|config)' },
    },
    {
      name: 'intake-and-router-below-the-doors',
      severity: 'error',
      from: { path: '^gateway/(intake|routing)/' },
      to: { path: '^(channels/[^/]+/|admin/)|^gateway/(desk|http|main)' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^gateway/main\\.ts$' },
    },
    {
      name: 'console-talks-over-the-wire',
      comment:
        'admin shares schemas, protocols and the ground floor with the rest: the editor tries flows with the very engine that serves them',
      severity: 'error',
      from: { path: '^admin/' },
      to: {
        path: '^(gateway|bots|channels)/',
        pathNot:
          '(/schema|/protocol)\\.ts$|^gateway/(domain/|errors\\.ts|routing/(hours|holidays|zone)\\.ts)|^bots/flow/',
      },
    },
    {
      name: 'widget-talks-over-the-wire',
      severity: 'error',
      from: { path: '^channels/webchat/widget/' },
      to: { path: '^(gateway|bots|channels/(?!webchat))', pathNot: '^gateway/domain/' },
    },
    { name: 'not-to-test', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vite/client$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
