// Nothing in the editor's own process goes to a network either. What Inkling's processes do is watched by
// test/process/network.test.ts.
import assert from 'node:assert/strict';
import { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect, Socket } from 'node:net';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';

/** Nobody has to listen there. */
const port = 49_151;

interface Attempt {
  readonly where: string;
  readonly stack: string;
}

/** Every connection or datagram to a host; the editor's own pipes have a path instead. */
const attempts: Attempt[] = [];
const { connect: connectTcp } = Socket.prototype;
const { send: sendUdp } = UdpSocket.prototype;

// From the moment on when this file is read, before any test of any file runs. All of Node's clients come through here.
before(() => {
  Socket.prototype.connect = function (this: Socket, ...parameters: unknown[]) {
    const [target, host] = [parameters].flat(2);
    const where = typeof target === 'object' ? target : { port: target, host };
    if (where && 'port' in where && where.port !== undefined) note(JSON.stringify(where, ['host', 'port']));
    return Reflect.apply(connectTcp, this, parameters);
  } as typeof connectTcp;
  UdpSocket.prototype.send = function (this: UdpSocket, ...parameters: unknown[]) {
    note('a datagram');
    return Reflect.apply(sendUdp, this, parameters);
  } as typeof sendUdp;
});

// After the last test of the last file.
after(function leavesTheNetworkAlone() {
  Socket.prototype.connect = connectTcp;
  UdpSocket.prototype.send = sendUdp;
  assert(vscode.extensions.getExtension('inkling.inkling')?.isActive);
  assert.deepEqual(attempts, []);
});

const note = (where: string) => attempts.push({ where, stack: new Error(where).stack ?? '' });

describe('a connection from the editor’s process', () => {
  it('is noticed', async () => {
    await once(connect(port, '127.0.0.1'), 'error');
    await once(get({ host: '127.0.0.1', port }), 'error');
    await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    const noticed = attempts.splice(0).map(({ where }) => where);
    assert.equal(noticed.length, 3);
    for (const where of noticed) assert.match(where, new RegExp(`"127.0.0.1".*${port}`));
  });
});
