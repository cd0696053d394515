-- test_count: one row a session held and item. Keys: load_id, line, item. Units: as the item is counted, NULL where
-- the session was held and the item not recorded, held or unreadable. Reads the staged raw_line and raw_cell.
INSERT INTO test_count
SELECT
    session.load_id, session.file, session.line, session.prototype_id, prototype.neighbourhood_id, session.tested_on,
    session.place, session.place_type, session.cycle_no, cell.item, cell.count,
    cell.low, cell.high, cell.flag, cell.written, session.sheet
FROM raw_line AS session
JOIN raw_cell AS cell ON cell.load_id = session.load_id AND cell.line = session.line
JOIN prototype ON prototype.prototype_id = session.prototype_id
ORDER BY session.file, session.line, cell.item;
