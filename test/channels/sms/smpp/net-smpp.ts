/**
 * Message centres on Net::SMPP, the Perl module of others (libnet-smpp-perl): the one it has as an example, and
 * one that brings messages, which the example does not.
 */
import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { gunzipSync } from 'node:zlib'

const EXAMPLE = '/usr/share/doc/libnet-smpp-perl/examples/smsc.pl'

/** @returns why it cannot be used here */
export function netSmppMissing(): string | undefined {
  return spawnSync('perl', ['-MNet::SMPP', '-e', '1']).status === 0
    ? undefined
    : 'Net::SMPP is not installed (apt-get install libnet-smpp-perl)'
}

export function exampleMissing(): string | undefined {
  if (netSmppMissing()) return netSmppMissing()
  return existsSync(EXAMPLE) || existsSync(`${EXAMPLE}.gz`) ? undefined : `${EXAMPLE} is not there`
}

/** A parameter of deliver_sm by the module's name of it; octets as hex under `hex:…`. */
export type Deliver = Record<string, string | number>

/** What it read of us, as the module decodes it. */
export interface Read {
  command: string
  seq: number
  status: number
  source?: string
  destination?: string
  esmClass?: number
  dataCoding?: number
  message?: string
}

/** Delivers what it is given as soon as somebody is bound, and writes down what it reads. */
const CENTRE = String.raw`
use strict; use Net::SMPP; use JSON::PP; $| = 1;
my $delivers = decode_json($ENV{DELIVERS});
my $listener = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34,
  source_addr_ton => 1, source_addr_npi => 1, dest_addr_ton => 0, dest_addr_npi => 1) or die $!;
print encode_json({ port => $listener->sockport }), "\n";
my $peer = $listener->accept or die $!;
$peer->set_version(0x34);
while (my $pdu = $peer->read_pdu) {
  my $name = Net::SMPP::pdu_tab->{$pdu->{cmd}}{cmd};
  print encode_json({ command => $name, seq => $pdu->{seq}, status => $pdu->{status},
    source => $pdu->{source_addr}, destination => $pdu->{destination_addr},
    esmClass => $pdu->{esm_class}, dataCoding => $pdu->{data_coding},
    message => defined $pdu->{short_message} ? unpack('H*', $pdu->{short_message}) : undef }), "\n";
  if ($name eq 'bind_transceiver') {
    $peer->bind_transceiver_resp(system_id => 'PERL', seq => $pdu->{seq});
    for my $deliver (@$delivers) {
      my %fields = map { my $v = $deliver->{$_}; $v =~ s/^hex:(.*)/pack('H*', $1)/e; ($_ => $v) } keys %$deliver;
      $peer->deliver_sm(%fields, async => 1);
    }
  } elsif ($name eq 'submit_sm') {
    $peer->submit_sm_resp(message_id => sprintf('%x', 0xbeef0000 + $pdu->{seq}), seq => $pdu->{seq});
  } elsif ($name eq 'enquire_link') {
    $peer->enquire_link_resp(seq => $pdu->{seq});
  } elsif ($name eq 'unbind') {
    $peer->unbind_resp(seq => $pdu->{seq});
    exit;
  }
}
`

export class NetSmpp extends EventEmitter<{ read: [] }> {
  port = 0
  readonly read: Read[] = []
  private readonly child: ChildProcess
  private readonly exited: Promise<unknown>

  private constructor(child: ChildProcess) {
    super()
    this.child = child
    this.exited = once(child, 'exit')
    const end = () => void child.kill('SIGKILL')
    process.once('exit', end)
    child.once('exit', () => process.off('exit', end))
  }

  static async centre(delivers: Deliver[]): Promise<NetSmpp> {
    const env = { ...process.env, DELIVERS: JSON.stringify(delivers) }
    const peer = new NetSmpp(
      spawn('perl', ['-e', CENTRE], { env, stdio: ['ignore', 'pipe', 'ignore'] }),
    )
    const lines = createInterface(peer.child.stdout!)
    lines.on('line', (line) => {
      const told = JSON.parse(line) as Read & { port?: number }
      if (told.port) peer.port = told.port
      else peer.read.push(told)
      peer.emit('read')
    })
    while (!peer.port) await once(peer, 'read')
    return peer
  }

  /** The example as its author wrote it, but for its port. */
  static async example(port: number): Promise<NetSmpp> {
    const packed = `${EXAMPLE}.gz`
    const program = existsSync(EXAMPLE)
      ? readFileSync(EXAMPLE, 'utf8')
      : gunzipSync(readFileSync(packed)).toString()
    const edited = program
      .replace(/^\$port = \d+;$/m, `$port = ${port};`)
      .replace(/^\$host = '.*';$/m, "$host = '127.0.0.1';")
    const peer = new NetSmpp(spawn('perl', ['-', '3'], { stdio: ['pipe', 'ignore', 'pipe'] }))
    peer.child.stdin!.end(edited)
    for await (const line of createInterface(peer.child.stderr!))
      if (/Entering accept loop/.test(line)) break
    peer.child.stderr!.resume()
    return peer
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this, 'read')
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exited
  }
}
