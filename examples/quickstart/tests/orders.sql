-- An order of several lines costs what its lines cost; a line without a quantity is refused.
CREATE TABLE line (order_number int NOT NULL, price numeric NOT NULL, quantity int NOT NULL);
INSERT INTO line VALUES (1, 9.90, 2), (1, 0.20, 1), (2, 5.00, 1);

DO $$
BEGIN
  ASSERT (SELECT sum(price * quantity) FROM line WHERE order_number = 1) = 20.00, 'total of order 1';
  BEGIN
    INSERT INTO line VALUES (3, 1.00, NULL);
    ASSERT false, 'a line without a quantity was accepted';
  EXCEPTION
    WHEN not_null_violation THEN NULL;
  END;
END
$$;

SELECT order_number, sum(price * quantity) AS total FROM line GROUP BY order_number ORDER BY 1;
