-- What `nsys export --type sqlite` writes of CUDA kernels, by NVIDIA's SQLite Export Schema Reference; all of it made up.
-- sqlite3 nsys.sqlite < nsys.sql > nsys.tsv
-- Small pages, so that few rows make a tree of three levels and a long name overflows its page.
PRAGMA page_size = 512;
CREATE TABLE StringIds (id INTEGER NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE CUPTI_ACTIVITY_KIND_RUNTIME (start INTEGER NOT NULL, end INTEGER NOT NULL, nameId INTEGER NOT NULL REFERENCES StringIds(id));
CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (
    start                       INTEGER   NOT NULL,                    -- Event start timestamp (ns).
    end                         INTEGER   NOT NULL,                    -- Event end timestamp (ns).
    deviceId                    INTEGER   NOT NULL,
    correlationId               INTEGER,
    demangledName               INTEGER   NOT NULL,                    -- REFERENCES StringIds(id)
    shortName                   INTEGER   NOT NULL,
    "gridX"                     INTEGER   NOT NULL,
    launchType                  INTEGER   CHECK (launchType IN (0, 1)),
    CONSTRAINT later CHECK (end >= start)
);
CREATE TABLE CUPTI_ACTIVITY_KIND_GRAPH_TRACE (start INTEGER NOT NULL, end INTEGER NOT NULL, graphId INTEGER);
WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 400)
INSERT INTO StringIds SELECT n * 1000003 - 200, CASE
    WHEN n % 97 = 0 THEN 'void gemm<' || replace(hex(zeroblob(600)), '00', 'float, ') || '(int)' || n || '>(float*)'
    ELSE 'kernel µ' || n || '()' END FROM i;
WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 799)
INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL SELECT
    1763769600000000000 + n * 10000, 1763769600000000000 + n * 10000 + 1 + n * n % 9973, 0, n,
    (1 + n % 200) * 1000003 - 200, 7, n % 2147483647, n % 2 FROM i;
INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (0, 0, 0, NULL, 1000003 - 200, 7, 1, 1);
ALTER TABLE CUPTI_ACTIVITY_KIND_KERNEL ADD COLUMN graphNodeId INTEGER;
INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (5, 127, 0, NULL, 97 * 1000003 - 200, 7, 1, 1, 3);
INSERT INTO CUPTI_ACTIVITY_KIND_GRAPH_TRACE VALUES (1000, 43000, 1), (50000, 50400, 1);
.mode tabs
SELECT value, sum(end - start), sum(end > 0) FROM CUPTI_ACTIVITY_KIND_KERNEL k JOIN StringIds s ON s.id = demangledName GROUP BY value ORDER BY 2 DESC;
