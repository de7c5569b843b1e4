/**
 * What events of the directory change, each statement for many rows at once: it takes a column of values for each parameter,
 * the first one being the identifier of the structure or the application code of the connection.
 */

/** Sets columns of the structures `$1`. */
function setStructures(columns: string, ...types: readonly string[]): string {
  return `UPDATE read.structures AS structures SET ${columns} FROM ${changes(types)} WHERE identifier = change.key`;
}

/** Sets columns of the connections `$1`. */
function setConnections(columns: string, ...types: readonly string[]): string {
  return `UPDATE read.connections AS connections SET ${columns} FROM ${changes(types)} WHERE application_code = change.key`;
}

/** Sets a column of the services `$2` of the structures `$1`. */
function setServices(column: string, type: string): string {
  return `UPDATE read.services AS services SET ${column} = change.a
            FROM unnest($1::text[], $2::text[], $3::${type}[]) AS change (key, code, a)
           WHERE structure = change.key AND services.code = change.code`;
}

/** Rows of changes: the key, and values a, b, c… of these types. */
function changes(types: readonly string[]): string {
  const names = types.map((_, index) => `, ${String.fromCharCode('a'.charCodeAt(0) + index)}`).join('');
  const columns = types.map((type, index) => `, $${index + 2}::${type}[]`).join('');
  return `unnest($1::text[]${columns}) AS change (key${names})`;
}

/** Identifier, name, public entity, type of identifier, category, address as JSON text, primary manager, person. */
export const REGISTER_STRUCTURES = `
  INSERT INTO read.structures (identifier, name, public_entity, active, identifier_type, category, address,
                               primary_manager, person)
  SELECT identifier, name, public_entity, true, identifier_type, category, address::json, primary_manager, person
    FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
      AS registered (identifier, name, public_entity, identifier_type, category, address, primary_manager, person)`;

/** Identifier, name, address as JSON text. */
export const DESCRIBE_STRUCTURES = setStructures('name = change.a, address = change.b::json', 'text', 'text');

/** Identifier, account. */
export const NAME_PRIMARY_MANAGERS = setStructures('primary_manager = change.a', 'text');

/** Identifier, successor or null. */
export const DEACTIVATE_STRUCTURES = setStructures('active = false, successor = change.a', 'text');

/** Identifier, reason or null. */
export const EXCLUDE_STRUCTURES = setStructures('exclusion = change.a', 'text');

/** Identifier, then whether it asks for a service code, a commitment number, either of the two. */
export const SET_REQUIREMENTS = setStructures(
  'requires_service_code = change.a, requires_commitment_number = change.b, requires_either = change.c',
  'boolean',
  'boolean',
  'boolean',
);

/** Structure, code, name. */
export const OPEN_SERVICES = `
  INSERT INTO read.services (structure, code, name, active)
  SELECT structure, code, name, true
    FROM unnest($1::text[], $2::text[], $3::text[]) AS opened (structure, code, name)`;

/** Structure, code, name. */
export const RENAME_SERVICES = setServices('name', 'text');

/** Structure, code, whether it asks for a commitment number. */
export const SET_SERVICE_REQUIREMENTS = setServices('requires_commitment_number', 'boolean');

/** Structure, code, whether it is active. */
export const ACTIVATE_SERVICES = setServices('active', 'boolean');

/** Application code, structure, name. */
export const OPEN_CONNECTIONS = `
  INSERT INTO read.connections (application_code, structure, name, open)
  SELECT application_code, structure, name, true
    FROM unnest($1::text[], $2::text[], $3::text[]) AS opened (application_code, structure, name)`;

/** Application code, digest of the key. */
export const ISSUE_API_KEYS = setConnections('api_key_digest = change.a', 'text');

/** Application code, public key. */
export const AUTHORISE_SFTP_KEYS = setConnections(
  'sftp_public_keys = array_append(sftp_public_keys, change.a)',
  'text',
);

/** Application code, format. */
export const CHOOSE_STATUS_FORMATS = setConnections('status_format = change.a', 'text');

/** Application code. */
export const CLOSE_CONNECTIONS = setConnections('open = false');

/** Those that took the places of the structures `$1`, whichever way the log put their events in order (R16). */
export const KNOWN_SUCCESSORS = `
  SELECT origin, array_agg(identifier) AS structures
    FROM read.structures, unnest(origins) AS origin
   WHERE origins && $1::text[] AND origin = ANY ($1::text[])
   GROUP BY origin`;
