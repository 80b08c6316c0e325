import { buildBridge } from '../../tools/build-bridge.ts';

/** Before the first test: what the tests start is made of the sources they are about. */
export const setup = () => buildBridge(console.log);
