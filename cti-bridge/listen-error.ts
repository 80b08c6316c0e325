import { StartError } from './api/index.ts';
import type { Config } from './config/index.ts';

/** Why the bridge cannot speak SIP where it is set to, in words for whoever started it; what is none of that comes back as it is. */
export function listenError(error: unknown, { sip }: Config): unknown {
  const { code, syscall, address: host = sip.host, port = sip.port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const transport = syscall === 'listen' ? 'TCP' : 'UDP';
  if (code === 'EADDRINUSE') {
    return new StartError(
      'port_taken',
      `SIP port ${port} (${transport}) on ${host} is taken by another program. Stop it, or choose another port with --sip-port.`,
      error,
    );
  }
  if (code === 'EACCES')
    return new StartError(
      'port_forbidden',
      `This user may not listen on SIP port ${port} of ${host}. Choose a port above 1023 with --sip-port.`,
      error,
    );
  if (code === 'EADDRNOTAVAIL')
    return new StartError(
      'address_unavailable',
      `${host} is not an address of this machine. Set sip.host (or sip.listeners) to one that is, such as 127.0.0.1.`,
      error,
    );
  return error;
}
