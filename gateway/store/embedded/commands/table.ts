import { aggregate } from './aggregate.ts'
import {
  collMod,
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
} from './collections.ts'
import type { Handler } from './command.ts'
import { remove } from './delete.ts'
import { explain } from './explain.ts'
import { findAndModify } from './findAndModify.ts'
import { buildInfo, connectionStatus, endSessions, hello, ping, serverStatus } from './handshake.ts'
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts'
import { insert } from './insert.ts'
import { count, distinct, find, getMore, killCursors } from './read.ts'
import { update } from './update.ts'

/** All commands, by the names clients use. */
export const COMMANDS = new Map<string, Handler>(
  Object.entries({
    hello,
    isMaster: hello,
    ismaster: hello,
    ping,
    buildInfo,
    buildinfo: buildInfo,
    connectionStatus,
    endSessions,
    refreshSessions: endSessions,
    serverStatus,
    find,
    getMore,
    killCursors,
    count,
    distinct,
    aggregate,
    explain,
    insert,
    update,
    delete: remove,
    findAndModify,
    findandmodify: findAndModify,
    create,
    collMod,
    drop,
    dropDatabase,
    listCollections,
    listDatabases,
    createIndexes,
    listIndexes,
    dropIndexes,
    collStats,
    dbStats,
  }),
)

/** What a client may ask for and is told why not; anything else is an unknown command. */
export const REFUSED_COMMANDS = new Map<string, string>(
  Object.entries({
    commitTransaction: 'multi-document transactions need a replica set',
    abortTransaction: 'multi-document transactions need a replica set',
    mapReduce: 'server-side JavaScript is not supported; use aggregate',
    renameCollection: 'collections cannot be renamed',
    bulkWrite: 'use insert, update and delete',
    createUser: 'the socket is private to the user the engine runs as, there are no accounts',
    saslStart: 'the socket is private to the user the engine runs as, there are no accounts',
    authenticate: 'the socket is private to the user the engine runs as, there are no accounts',
    shardCollection: 'the engine serves one machine',
    replSetInitiate: 'the engine serves one machine',
    replSetGetStatus: 'the engine is a standalone, not a replica set',
  }),
)
