/**
 * Starts a bridge on this machine, by path, with a real Node: never inside Electron's own process, whose Node is another one.
 *
 * Two things to know: the bridge runs in its own process group and is asked to drain exactly once; and it is ready when it says so, not
 * when it was started. One that dies is started again in its place. `npm start` uses the same classes.
 */
export { BridgeHost } from './bridge-host.ts';
export { BridgeKeeper, sameAddresses } from './bridge-keeper.ts';
export { type BridgeAddresses, BridgeProcess, bridgeEnvironment, bridgeNodeFlags, describeLogLine } from './bridge-process.ts';
