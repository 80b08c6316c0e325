/**
 * React ties every element it makes to a task of the console, for a debugger that nobody has open here: a tenth of the time of a screen's test.
 * Before React is loaded, which looks for it once.
 */
Object.defineProperty(console, 'createTask', { value: undefined, configurable: true, writable: true });
