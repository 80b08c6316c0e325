/** Signing in, taking over from another desk, and saying why a session ended. Works by keyboard alone. */
export { Login } from './Login.tsx';
