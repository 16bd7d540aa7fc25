// One statement in DuckDB on one thread, its rows with commas: node duckdb.mjs STATEMENT.  NODE_PATH says where
// @duckdb/node-api is.
import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire(process.env.NODE_PATH + '/')('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
for (const row of (await connection.runAndReadAll(process.argv[2])).getRows()) console.log(row.join());
