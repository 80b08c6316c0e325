/**
 * The bridge's entry: checks the Node it runs on before anything native is loaded, reads the configuration, starts, and drains on Ctrl-C.
 * A failed start is one clear message on standard error and a non-zero exit.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major !== 24 || minor < 15 || Number(process.versions.napi) < 10) {
  process.stderr.write(
    `The bridge needs Node 24.15 or newer of the 24 line; this is ${process.versions.node}. Start it with "npm start", which brings its own.\n`,
  );
  process.exit(1);
}

const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2), process.env);
// The channel to whoever started us would keep us alive.
if (process.connected) process.disconnect();
