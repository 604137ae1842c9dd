package dev.sotto.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The documents of one assistant, searchable. Built once, then unchanged and safe for many threads;
 * the index (BM25 over English stems) is in memory only. At most 20,000 passages are kept.
 */
public final class Library {
  static final int MOST_PASSAGES = 20_000;
  private static final int LONGEST_QUESTION = 2_000;

  private final Words words;
  private final List<Shelved> shelf;
  private final IndexSearcher searcher;
  private final Relevance relevance;

  private Library(Words words, List<Shelved> shelf, IndexReader reader) {
    this.words = words;
    this.shelf = shelf;
    this.searcher = new IndexSearcher(reader);
    this.relevance = new Relevance(reader);
  }

  /** A passage and the words in it. */
  private record Shelved(Passage passage, Set<String> title, Set<String> text) {}

  /**
   * Cuts and indexes documents; takes some milliseconds for a handbook.
   *
   * @param documents file name to Markdown or plain text
   */
  public static Library of(Map<String, String> documents) {
    Words words = new Words();
    List<Shelved> shelf =
        documents.entrySet().stream()
            .flatMap(one -> Cutter.cut(one.getKey(), one.getValue()).stream())
            .limit(MOST_PASSAGES)
            .map(it ->
                new Shelved(it, Set.copyOf(words.in(title(it))), Set.copyOf(words.in(body(it)))))
            .toList();
    try {
      return new Library(words, shelf, index(shelf, words));
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }

  /**
   * The passages that bear on a question, the best first. A question that they cannot answer finds
   * none: at least a good part of what it asks for, weighed by rarity, must stand in a passage.
   *
   * @param question in a person's own words; its first 2,000 characters count
   * @param most how many at most, 1 to 100
   */
  public List<Passage> find(String question, int most) {
    String asked = question.substring(0, Math.min(question.length(), LONGEST_QUESTION));
    Relevance.Question weighed = relevance.weigh(words.in(asked));
    List<Passage> found = new ArrayList<>();
    for (ScoreDoc hit : search(weighed.query(), most)) {
      Shelved candidate = shelf.get(hit.doc);
      if (weighed.isMetBy(candidate.title(), candidate.text())) {
        found.add(candidate.passage());
      }
    }
    return found;
  }

  private ScoreDoc[] search(Query query, int most) {
    try {
      return searcher.search(query, most).scoreDocs;
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }

  private static String title(Passage passage) {
    return passage.heading().substring(passage.heading().lastIndexOf('›') + 1);
  }

  private static String body(Passage passage) {
    return passage.heading() + "\n" + passage.text();
  }

  /** Numbers documents as the passages are numbered: one writer, merging neighbours only. */
  private static IndexReader index(List<Shelved> shelf, Words words) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexWriterConfig inOrder =
        new IndexWriterConfig(words)
            .setMergePolicy(new LogDocMergePolicy())
            .setMergeScheduler(new SerialMergeScheduler());
    try (IndexWriter writer = new IndexWriter(directory, inOrder)) {
      for (Shelved one : shelf) {
        Document document = new Document();
        document.add(new TextField(Relevance.TITLE, title(one.passage()), Field.Store.NO));
        document.add(new TextField(Relevance.TEXT, body(one.passage()), Field.Store.NO));
        writer.addDocument(document);
      }
    }
    return DirectoryReader.open(directory);
  }
}
