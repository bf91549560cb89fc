package dev.ridgepoint.results.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** What a schema asks of a value. */
interface SchemaRule {
    boolean keeps(JsonNode value);
}
