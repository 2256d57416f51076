import { InklingError } from '../protocol/errors.ts';

/** Where a server is, once it is known that text may go there. */
export interface ServerAddress {
  /** without a slash at its end, such as `http://127.0.0.1:8080/v1` */
  readonly base: string;
  /** as a person reads it, with the port where it is not the usual one */
  readonly host: string;
  /** what is sent there does not leave this machine */
  readonly isLoopback: boolean;
}

/**
 * Reads the address of a server that a person named. A loopback address is always right; any other only when its host
 * stands in the list of hosts that text may be sent to.
 * @param allowedHosts `example.org` for its usual port, `example.org:8443` for another one
 * @throws InklingError `optionOutOfRange`, saying what is wrong with it
 */
export function serverAddress(url: string, allowedHosts: readonly string[]): ServerAddress {
  const address = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
  if (!address || !/^https?:$/u.test(address.protocol))
    throw wrong(`${url} is no address of a server: it must begin with http:// or https://.`);
  if (address.username !== '' || address.password !== '')
    throw wrong('A key does not belong into the address of a server.');
  if (address.search !== '' || address.hash !== '') throw wrong(`${url} must end with the path, such as /v1.`);
  const { host } = address;
  const isLoopback = isLoopbackName(address.hostname);
  if (!isLoopback && !allowedHosts.some((allowed) => allowed.trim().toLowerCase() === host)) {
    throw wrong(`${host} is not this machine, and not among the hosts that your text may be sent to.`);
  }
  return { base: `${address.origin}${address.pathname}`.replace(/\/$/u, ''), host, isLoopback };
}

const isLoopbackName = (name: string) =>
  name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(name);

const wrong = (message: string) => new InklingError('optionOutOfRange', message);
