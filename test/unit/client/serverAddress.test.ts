import { describe, expect, test } from 'vitest';
import { serverAddress } from '../../../src/client/serverEngine.ts';

describe('where text may go', () => {
  test.each([
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['http://127.0.0.1:8080/v1/', 'http://127.0.0.1:8080/v1'],
    ['http://localhost/v1', 'http://localhost/v1'],
    ['HTTP://LOCALHOST:1234', 'http://localhost:1234'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
    ['http://127.1:80/v1', 'http://127.0.0.1/v1'],
    ['http://0x7f.0.0.1:9/v1', 'http://127.0.0.1:9/v1'],
    [' http://127.0.0.1/v1 ', 'http://127.0.0.1/v1'],
    ['https://127.9.9.9/v1', 'https://127.9.9.9/v1'],
  ])('%s is this machine', (url, base) => {
    expect(serverAddress(url, [])).toMatchObject({ base, isLoopback: true });
  });

  test.each([
    'https://api.example.org/v1',
    'http://10.0.0.5:8080/v1',
    'http://0.0.0.0:8080/v1',
    'http://[::]:8080/v1',
    'http://127.0.0.1.example.org/v1',
    'http://localhost.example.org/v1',
    'http://example.org#127.0.0.1',
    'http://128.0.0.1/v1',
    'http://[::ffff:10.0.0.1]/v1',
    'http://169.254.169.254/latest',
  ])('%s is not, and is refused', (url) => {
    expect(() => serverAddress(url, [])).toThrow(/not this machine|must end with the path/u);
    expect(() => serverAddress(url, ['example.net', '127.0.0.1', ''])).toThrow();
  });

  test.each<[string, string]>([
    ['https://api.example.org/v1', 'api.example.org'],
    ['https://API.example.org/v1', 'Api.Example.org'],
    ['http://10.0.0.5:8080/v1', '10.0.0.5:8080'],
  ])('%s is allowed by %s, and is not this machine', (url, host) => {
    expect(serverAddress(url, [host])).toMatchObject({ isLoopback: false, host: host.toLowerCase() });
  });

  test.each<[string, string[]]>([
    ['https://api.example.org:8443/v1', ['api.example.org']],
    ['https://evil.example.org/v1', ['example.org']],
    ['https://example.org.evil.net/v1', ['example.org']],
    ['https://example.org@evil.net/v1', ['example.org']],
    ['https://127.0.0.1@evil.net/v1', ['127.0.0.1']],
    ['http://key:secret@127.0.0.1/v1', []],
    ['http://127.0.0.1/v1?key=secret', []],
    ['file:///etc/passwd', []],
    ['ftp://127.0.0.1/', []],
    ['javascript:alert(1)', []],
    ['127.0.0.1:8080', []],
    ['', []],
    ['http://', []],
  ])('%s with %j is refused', (url, hosts) => {
    expect(() => serverAddress(url, hosts)).toThrow(expect.objectContaining({ code: 'optionOutOfRange' }));
  });
});
