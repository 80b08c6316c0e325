import { hash, type Options, verify } from '@node-rs/argon2';

/** OWASP's argon2id floor: 19 MiB, two passes. The hash carries its own parameters, so they can rise later. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options;

export async function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

/** False for a wrong password and for a stored value that is no hash; never throws for what was typed. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password).catch(() => false);
}
