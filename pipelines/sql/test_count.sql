-- test_count: one row a session held and item. Keys: load_id, line, item. Units: as the item is counted, NULL where
-- the session was held and the item not recorded, held or unreadable. Reads raw_cell, the columns of all sessions.
-- The rows lie as they come, file by file and item by item: sorting a million of them would take longer than the rest.
INSERT INTO test_count
SELECT
    cell.load_id, cell.file, cell.line, cell.prototype_id, prototype.neighbourhood_id, cell.tested_on,
    cell.place, cell.place_type, cell.cycle_no, cell.item, cell.count, cell.low, cell.high, cell.flag, cell.written,
    cell.sheet
FROM raw_cell AS cell
JOIN prototype ON prototype.prototype_id = cell.prototype_id;
